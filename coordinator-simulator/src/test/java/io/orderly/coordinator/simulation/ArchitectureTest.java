package io.orderly.coordinator.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orderly.coordinator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theCoordinatorDoesNotDependOnItsSimulator = noClasses()
            .that()
            .resideInAPackage("io.orderly.coordinator..")
            .and()
            .resideOutsideOfPackage("io.orderly.coordinator.simulation..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.orderly.coordinator.simulation..");

    @ArchTest
    static final ArchRule workloadsDoNotKnowTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.orderly.coordinator.simulation")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");
}
