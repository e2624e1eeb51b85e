package io.orderly.order;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.orderly.kit.testing.ServiceArchitecture;

@AnalyzeClasses(packages = "io.orderly.order", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests rulesOfAllServices = ArchTests.in(ServiceArchitecture.class);

    @ArchTest
    static final ArchRule theSagaIsPure = noClasses()
            .that()
            .resideInAPackage("io.orderly.order.saga")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.orderly.order.saga",
                    "io.orderly.contracts..",
                    "java.lang..",
                    "java.util..",
                    "java.time",
                    "org.jspecify..");
}
