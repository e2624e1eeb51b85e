package io.orderly.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.orderly.kit.testing.ServiceArchitecture;

@AnalyzeClasses(packages = "io.orderly.kit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests everyService = ArchTests.in(ServiceArchitecture.class);

    @ArchTest
    static final ArchRule dependsOnNoService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderly.order..",
                    "io.orderly.inventory..",
                    "io.orderly.payment..",
                    "io.orderly.shipping..",
                    "io.orderly.provider..",
                    "io.orderly.backends..",
                    "io.orderly.stack..");
}
