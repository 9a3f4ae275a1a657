package dev.lowpass.testsuite.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.lowpass.runtime.Binding;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.LatencyHistogram;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.ModelSize;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.RunListener;
import dev.lowpass.runtime.Segments;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.Trust;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rooms of the runtime. Its root package is what users import, so tensors and their like must be there, although
 * the rooms below handle them too: by these rules the root counts as two rooms, one above all others and one below.
 */
@AnalyzeClasses(packages = "dev.lowpass", importOptions = ImportOption.DoNotIncludeTests.class)
class RuntimeTest {
  private static final String ROOT = "dev.lowpass.runtime";

  /** The other room that is open to all: from pictures to a network's input. */
  private static final String PICTURE = ROOT + ".picture";

  /** What runs a model, by means of all the other rooms. */
  private static final Set<String> RUNNING = names(Binding.class, Model.class, Session.class);

  /** What goes in and comes out: values that know of no other room, and that every room may use. */
  private static final Set<String> VALUES =
      names(
          ElementType.class,
          LatencyHistogram.class,
          LowpassRuntimeException.class,
          ModelSize.class,
          Profile.class,
          RunListener.class,
          Segments.class,
          SessionOptions.class,
          Tensor.class,
          TensorSpec.class,
          Trust.class);

  private static final DescribedPredicate<JavaClass> A_VALUE =
      describe("values of the runtime", type -> VALUES.contains(outermost(type).getName()));

  private static final DescribedPredicate<JavaClass> A_ROOM =
      describe("rooms of the runtime", type -> type.getPackageName().startsWith(ROOT + "."));

  private static final DescribedPredicate<JavaClass> A_CLOSED_ROOM =
      describe("closed rooms of the runtime", type -> A_ROOM.test(type) && !type.getPackageName().equals(PICTURE));

  private static Set<String> names(Class<?>... types) {
    return Set.copyOf(Stream.of(types).map(Class::getName).toList());
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(RuntimeTest::outermost).orElse(type);
  }

  @ArchTest
  static final ArchRule theApiIsTheseTypes =
      classes()
          .that()
          .resideInAPackage(ROOT)
          .and()
          .areTopLevelClasses()
          .and(describe("not listed here", type -> !RUNNING.contains(type.getName()) && !A_VALUE.test(type)))
          .should()
          .notBePublic();

  @ArchTest
  static final ArchRule theApiSpeaksOfNothingElse =
      members()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(ROOT)
          .and()
          .arePublic()
          .should(speakOnlyOf(describe("the API or Java itself", RuntimeTest::mayBeSpokenOf)));

  private static boolean mayBeSpokenOf(JavaClass type) {
    return type.isPrimitive() || type.getPackageName().equals(ROOT) || type.getPackageName().startsWith("java.");
  }

  private static ArchCondition<JavaMember> speakOnlyOf(DescribedPredicate<JavaClass> allowed) {
    return new ArchCondition<>("speak only of " + allowed.getDescription()) {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        types(member)
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .map(JavaClass::getBaseComponentType)
            .filter(allowed.negate())
            .map(type -> member.getFullName() + " speaks of " + type.getName())
            .forEach(problem -> events.add(SimpleConditionEvent.violated(member, problem)));
      }
    };
  }

  private static Stream<JavaType> types(JavaMember member) {
    return switch (member) {
      case JavaCodeUnit unit -> Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
      case JavaField field -> Stream.of(field.getType());
      default -> throw new IllegalArgumentException(member + " is neither a field nor a method nor a constructor");
    };
  }

  @ArchTest
  static final ArchRule onlyTheCompilerLooksBehindTheApi =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "..", "dev.lowpass.codegen..", "dev.lowpass.cli..")
          .should()
          .dependOnClassesThat(A_CLOSED_ROOM);

  @ArchTest
  static final ArchRule picturesKnowNothingOfModels =
      noClasses()
          .that()
          .resideInAPackage(PICTURE)
          .should()
          .dependOnClassesThat(A_CLOSED_ROOM.or(describe("run", type -> RUNNING.contains(type.getName()))));

  @ArchTest
  static final ArchRule executionIsTheRuntimesOwn =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".execution..");

  @ArchTest
  static final ArchRule valuesKnowNoRoom = noClasses().that(A_VALUE).should().dependOnClassesThat(A_ROOM);

  @ArchTest
  static final ArchRule roomsAreFreeOfCycles = slices().assignedFrom(new Rooms()).should().beFreeOfCycles();

  /** Every package is a room, but for the root, which is two. */
  private static final class Rooms implements SliceAssignment {
    private static final SliceAssignment PACKAGES = new EachPackage(ROOT);

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return A_VALUE.test(type) ? SliceIdentifier.of("values") : PACKAGES.getIdentifierOf(type);
    }

    @Override
    public String getDescription() {
      return "rooms of the runtime";
    }
  }
}
