package io.orderly.contracts;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orderly.contracts", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> SEALED =
            describe("sealed", type -> type.reflect().isSealed());

    @ArchTest
    static final ArchRule dependsOnNoOtherModuleAndOnlyOnJackson = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderly.contracts..",
                    "java..",
                    "com.fasterxml.jackson.annotation",
                    "tools.jackson.core..",
                    "tools.jackson.databind..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule messagesAreRecords = classes()
            .that()
            .areAssignableTo(Message.class)
            .and()
            .areNotInterfaces()
            .should()
            .beRecords();

    /** So that a switch over them is exhaustive. */
    @ArchTest
    static final ArchRule interfacesOfMessagesAreSealed = classes()
            .that(INTERFACES)
            .and()
            .areAssignableTo(Message.class)
            .and()
            .resideOutsideOfPackage("io.orderly.contracts")
            .should(be(SEALED));

    @ArchTest
    static final ArchRule messagePackagesHaveOnlyMessages = classes()
            .that()
            .resideOutsideOfPackage("io.orderly.contracts")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .beAssignableTo(Message.class);
}
