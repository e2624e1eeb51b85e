package io.orderly.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orderly", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** The lab measures and audits the services only from outside. */
    @ArchTest
    static final ArchRule knowsNoService = noClasses()
            .that()
            .resideInAPackage("io.orderly.lab..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderly.order..",
                    "io.orderly.inventory..",
                    "io.orderly.payment..",
                    "io.orderly.shipping..",
                    "io.orderly.provider..",
                    "io.orderly.kit..");

    @ArchTest
    static final ArchRule noModuleDependsOnTheLab = noClasses()
            .that()
            .resideOutsideOfPackage("io.orderly.lab..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.orderly.lab..");

    /** The rules of the contract are about messages, whatever participant and broker they are played to. */
    @ArchTest
    static final ArchRule theRulesOfTheContractKnowMessagesOnly = classes()
            .that()
            .resideInAPackage("io.orderly.lab.conformance..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderly.lab.conformance..",
                    "io.orderly.contracts..",
                    "io.orderly.clock..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule hasNoCycles =
            slices().matching("io.orderly.lab.(*)..").should().beFreeOfCycles();
}
