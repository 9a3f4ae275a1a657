package dev.lowpass.testsuite.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.lowpass.runtime.picture.ResamplingKernel;

/**
 * Dependencies run one way: ir ← passes ← codegen ← cli, learn beside codegen, and runtime stands alone. Of it ir has the
 * weights by which pictures and maps are resampled, and spark all that users have. Maven's plugin starts cli.
 */
@AnalyzeClasses(packages = "dev.lowpass", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
  @ArchTest
  static final ArchRule irUsesNothingOfOursButWeights =
      noClasses()
          .that()
          .resideInAPackage("dev.lowpass.ir..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.lowpass..")
                  .and(not(resideInAPackage("dev.lowpass.ir..")))
                  .and(not(belongToAnyOf(ResamplingKernel.class))));

  @ArchTest
  static final ArchRule passesUseIrOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.lowpass.passes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lowpass.codegen..", "dev.lowpass.runtime..", "dev.lowpass.learn..", "dev.lowpass.cli..");

  @ArchTest
  static final ArchRule codegenDoesNotKnowItsUsers =
      noClasses()
          .that()
          .resideInAPackage("dev.lowpass.codegen..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lowpass.learn..", "dev.lowpass.cli..");

  @ArchTest
  static final ArchRule learningUsesIrAndPassesOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.lowpass.learn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lowpass.codegen..", "dev.lowpass.runtime..", "dev.lowpass.cli..");

  @ArchTest
  static final ArchRule runtimeStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.lowpass.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lowpass.ir..",
              "dev.lowpass.passes..",
              "dev.lowpass.codegen..",
              "dev.lowpass.learn..",
              "dev.lowpass.cli..");

  /** It is loaded into Maven, on a JVM that the compiler is too new for. */
  @ArchTest
  static final ArchRule thePluginUsesNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("dev.lowpass.maven..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lowpass.ir..",
              "dev.lowpass.passes..",
              "dev.lowpass.codegen..",
              "dev.lowpass.runtime..",
              "dev.lowpass.learn..",
              "dev.lowpass.cli..");

  @ArchTest
  static final ArchRule onlyThePluginKnowsMaven =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lowpass.maven..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lowpass.maven..", "org.apache.maven..");

  @ArchTest
  static final ArchRule sparkUsesTheRuntimeOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.lowpass.spark..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.lowpass..")
                  .and(not(resideInAnyPackage("dev.lowpass.spark..", "dev.lowpass.runtime.."))));

  @ArchTest
  static final ArchRule sparkIsKnownInItsModuleOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lowpass.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lowpass.spark..", "org.apache.spark..", "org.apache.hadoop..", "scala..");

  @ArchTest
  static final ArchRule tvmIsTouchedInThreePackages =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lowpass.runtime.tvm..", "dev.lowpass.codegen.tir..", "dev.lowpass.codegen.build..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco..", "org.apache.tvm..");

  @ArchTest
  static final ArchRule plansKnowNothingOfTvm =
      noClasses()
          .that()
          .resideInAPackage("dev.lowpass.codegen.plan..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lowpass.codegen.tir..", "dev.lowpass.codegen.build..", "dev.lowpass.runtime..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onnxMessagesStayInTheReaderAndWriter =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lowpass.ir.onnx..", "dev.lowpass.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule theOracleIsNeverPartOfTheProduct =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lowpass.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule theTrainingEngineIsLearnings =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lowpass.learn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule modulesAreFreeOfCycles = slices().matching("dev.lowpass.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheCommandAreFreeOfCycles =
      slices().assignedFrom(new EachPackage("dev.lowpass.cli")).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheIrAreFreeOfCycles =
      slices().assignedFrom(new EachPackage("dev.lowpass.ir")).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfThePassesAreFreeOfCycles =
      slices().assignedFrom(new EachPackage("dev.lowpass.passes")).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfLearningAreFreeOfCycles =
      slices().assignedFrom(new EachPackage("dev.lowpass.learn")).should().beFreeOfCycles();

  /** Choosing without training and training know nothing of each other but the time that bands take. */
  @ArchTest
  static final ArchRule learningIsInLayers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.lowpass.learn..")
          .layer("methods").definedBy("dev.lowpass.learn")
          .layer("train").definedBy("dev.lowpass.learn.train")
          .layer("choice").definedBy("dev.lowpass.learn.choice")
          .layer("judge").definedBy("dev.lowpass.learn.judge")
          .layer("sensitivity").definedBy("dev.lowpass.learn.sensitivity")
          .layer("answer").definedBy("dev.lowpass.learn.answer")
          .layer("data").definedBy("dev.lowpass.learn.data")
          .layer("network").definedBy("dev.lowpass.learn.network")
          .whereLayer("methods").mayNotBeAccessedByAnyLayer()
          .whereLayer("train").mayOnlyAccessLayers("choice", "sensitivity", "answer", "data", "network")
          .whereLayer("choice").mayOnlyAccessLayers("sensitivity", "data", "network")
          .whereLayer("judge").mayOnlyAccessLayers("answer", "data", "network")
          .whereLayer("sensitivity").mayOnlyAccessLayers("answer", "data", "network")
          .whereLayer("answer").mayNotAccessAnyLayer()
          .whereLayer("data").mayNotAccessAnyLayer()
          .whereLayer("network").mayNotAccessAnyLayer();

  /** The catalog in the root knows all passes; the families of passes do not know each other. */
  @ArchTest
  static final ArchRule passesAreInLayers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.lowpass.passes..")
          .layer("catalog").definedBy("dev.lowpass.passes")
          .layer("forms").definedBy("dev.lowpass.passes.forms")
          .layer("canonical").definedBy("dev.lowpass.passes.canonical")
          .layer("channels").definedBy("dev.lowpass.passes.channels")
          .layer("frequency").definedBy("dev.lowpass.passes.frequency")
          .layer("pass").definedBy("dev.lowpass.passes.pass")
          .layer("cost").definedBy("dev.lowpass.passes.cost")
          .layer("machine").definedBy("dev.lowpass.passes.machine")
          .whereLayer("catalog").mayNotBeAccessedByAnyLayer()
          .whereLayer("forms").mayOnlyBeAccessedByLayers("catalog")
          .whereLayer("canonical").mayOnlyBeAccessedByLayers("catalog")
          .whereLayer("channels").mayOnlyBeAccessedByLayers("catalog")
          .whereLayer("frequency").mayOnlyBeAccessedByLayers("catalog", "forms")
          .whereLayer("machine").mayNotAccessAnyLayer()
          .whereLayer("cost").mayOnlyAccessLayers("machine")
          .whereLayer("pass").mayOnlyAccessLayers("machine", "cost");
}
