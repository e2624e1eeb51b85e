package io.orderly.shipping;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.orderly.kit.testing.ServiceArchitecture;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;

@AnalyzeClasses(packages = "io.orderly.shipping", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests everyService = ArchTests.in(ServiceArchitecture.class);

    @ArchTest
    static final ArchRule rulesDoNotDependOnDatabaseAccess = noClasses()
            .that()
            .areAnnotatedWith(Entity.class)
            .or()
            .haveSimpleName("BookingWindow")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.data.jpa..",
                    "org.springframework.data.repository..",
                    "org.springframework.jdbc..",
                    "java.sql..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(EntityManager.class);
}
