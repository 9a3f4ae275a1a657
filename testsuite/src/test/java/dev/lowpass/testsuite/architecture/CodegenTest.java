package dev.lowpass.testsuite.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of code generation, from the facade down to TIR, and which of them may know which. */
@AnalyzeClasses(packages = "dev.lowpass", importOptions = ImportOption.DoNotIncludeTests.class)
class CodegenTest {
  private static final String ROOT = "dev.lowpass.codegen";
  private static final String CPU = ROOT + ".cpu";
  private static final String PLAN = ROOT + ".plan";

  @ArchTest
  static final ArchRule roomsAreFreeOfCycles =
      slices().assignedFrom(new EachPackage(ROOT)).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsAreInLayers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
          .layer("facade").definedBy(ROOT)
          .layer("fit").definedBy(ROOT + ".fit")
          .layer("tune").definedBy(ROOT + ".tune")
          .layer("check").definedBy(ROOT + ".check")
          .layer("backend").definedBy(ROOT + ".backend")
          .layer("artifact").definedBy(ROOT + ".artifact")
          .layer("cpu").definedBy(CPU + "..")
          .layer("gpu").definedBy(ROOT + ".gpu")
          .layer("cuda").definedBy(ROOT + ".cuda")
          .layer("emit").definedBy(ROOT + ".emit")
          .layer("element").definedBy(ROOT + ".element")
          .layer("plan").definedBy(PLAN + "..")
          .layer("build").definedBy(ROOT + ".build")
          .layer("tir").definedBy(ROOT + ".tir..")
          .layer("processor").definedBy(ROOT + ".processor")
          .layer("natives").definedBy(ROOT + ".natives")
          .layer("temporary").definedBy(ROOT + ".temporary")
          .whereLayer("facade").mayNotBeAccessedByAnyLayer()
          .whereLayer("fit").mayOnlyAccessLayers("tune", "backend", "plan")
          .whereLayer("tune").mayOnlyAccessLayers("backend", "artifact", "cpu", "emit", "plan", "temporary")
          .whereLayer("check").mayOnlyAccessLayers("backend", "artifact", "emit", "plan", "tir")
          .whereLayer("backend").mayOnlyAccessLayers("artifact", "build", "cpu", "gpu", "cuda", "emit", "plan", "processor")
          .whereLayer("artifact").mayOnlyAccessLayers("plan")
          .whereLayer("cpu").mayOnlyAccessLayers("emit", "element", "plan", "tir")
          .whereLayer("gpu").mayOnlyAccessLayers("emit", "element", "plan", "tir")
          .whereLayer("cuda").mayOnlyAccessLayers("emit", "element", "plan", "tir")
          .whereLayer("emit").mayOnlyAccessLayers("element", "plan", "tir")
          .whereLayer("element").mayOnlyAccessLayers("plan", "tir")
          .whereLayer("plan").mayNotAccessAnyLayer()
          .whereLayer("build").mayOnlyAccessLayers("tir", "processor", "natives", "temporary")
          .whereLayer("tir").mayNotAccessAnyLayer()
          .whereLayer("processor").mayNotAccessAnyLayer()
          .whereLayer("natives").mayNotAccessAnyLayer()
          .whereLayer("temporary").mayNotAccessAnyLayer();

  /** What steps say, what a step is, which nodes are one, and the lowering over all three. */
  @ArchTest
  static final ArchRule plansAreInLayers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(PLAN + "..")
          .layer("lowering").definedBy(PLAN)
          .layer("fusion").definedBy(PLAN + ".fusion")
          .layer("step").definedBy(PLAN + ".step")
          .layer("value").definedBy(PLAN + ".value")
          .whereLayer("lowering").mayNotBeAccessedByAnyLayer()
          .whereLayer("fusion").mayNotAccessAnyLayer()
          .whereLayer("step").mayOnlyAccessLayers("value")
          .whereLayer("value").mayNotAccessAnyLayer();

  /** What the code of one kind of step needs of others is a room below both. */
  @ArchTest
  static final ArchRule processorCodeIsInLayers =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(CPU + "..")
          .layer("emitter").definedBy(CPU)
          .layer("block").definedBy(CPU + ".block")
          .layer("move").definedBy(CPU + ".move")
          .layer("winograd").definedBy(CPU + ".winograd")
          .layer("step").definedBy(CPU + ".step")
          .layer("depthwise").definedBy(CPU + ".depthwise")
          .layer("product").definedBy(CPU + ".product")
          .layer("rounded").definedBy(CPU + ".rounded")
          .layer("halved").definedBy(CPU + ".halved")
          .layer("work").definedBy(CPU + ".work")
          .layer("kernel").definedBy(CPU + ".kernel..")
          .layer("choice").definedBy(CPU + ".choice")
          .whereLayer("emitter").mayNotBeAccessedByAnyLayer()
          .whereLayer("block").mayOnlyAccessLayers("step", "product", "rounded", "work", "kernel", "choice")
          .whereLayer("move").mayOnlyAccessLayers("step", "work", "kernel", "choice")
          .whereLayer("winograd").mayOnlyAccessLayers("step", "work", "kernel", "choice")
          .whereLayer("step").mayOnlyAccessLayers("work", "kernel", "choice")
          .whereLayer("depthwise").mayOnlyAccessLayers("product", "rounded", "halved", "work", "kernel", "choice")
          .whereLayer("product").mayOnlyAccessLayers("rounded", "halved", "work", "kernel", "choice")
          .whereLayer("rounded").mayOnlyAccessLayers("work", "kernel", "choice")
          .whereLayer("halved").mayOnlyAccessLayers("work", "kernel", "choice")
          .whereLayer("work").mayOnlyAccessLayers("kernel", "choice")
          .whereLayer("kernel").mayNotAccessAnyLayer()
          .whereLayer("choice").mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule kernelsKnowNothingOfSteps =
      noClasses()
          .that()
          .resideInAPackage(CPU + ".kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(PLAN + ".step");
}
