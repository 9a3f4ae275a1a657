package dev.lowpass.testsuite.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.lowpass.ir.op.Op;
import dev.lowpass.passes.pass.Pass;
import org.jspecify.annotations.NullMarked;

/** Habits of the house that a compiler does not check. Generated parsers are not ours to style. */
@AnalyzeClasses(packages = "dev.lowpass", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseStyleTest {
  private static final DescribedPredicate<JavaClass> OURS =
      describe("written by hand", type -> !type.getPackageName().endsWith(".grammar"));

  @ArchTest
  static final ArchRule operatorsAreRecords =
      classes().that().implement(Op.class).and().areNotInterfaces().should().beRecords();

  @ArchTest
  static final ArchRule passesCannotBeSubclassed =
      classes().that().implement(Pass.class).and().areNotInterfaces().should().haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .that(OURS)
          .should()
          .haveNameMatching(".*(Impl|Util|Utils|Utilities|Helper|Helpers)");

  @ArchTest
  static final ArchRule noStaticFieldIsReassigned =
      fields().that().areDeclaredInClassesThat(OURS).and().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule theStandardStreamsBelongToTheCommand =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lowpass.cli..")
          .and(OURS)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule nothingIsReflected =
      noClasses().that(OURS).should().dependOnClassesThat().resideInAPackage("java.lang.reflect..");

  @ArchTest
  static final ArchRule nothingIsNullUnlessItSaysSo =
      classes()
          .that(OURS)
          .should(
              ArchCondition.from(
                  describe(
                      "be in a package that is @NullMarked", type -> type.getPackage().isAnnotatedWith(NullMarked.class))));
}
