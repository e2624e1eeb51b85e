package io.orderly.inventory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.orderly.kit.testing.ServiceArchitecture;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;

@AnalyzeClasses(packages = "io.orderly.inventory", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests rulesOfAllServices = ArchTests.in(ServiceArchitecture.class);

    /** Stock refers to products by SKU only. */
    @ArchTest
    static final ArchRule stockDoesNotDependOnTheCatalogue = noClasses()
            .that()
            .resideInAPackage("io.orderly.inventory.stock..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.orderly.inventory.catalogue..");

    @ArchTest
    static final ArchRule entitiesDoNotAccessTheDatabase = noClasses()
            .that()
            .areAnnotatedWith(Entity.class)
            .or()
            .haveSimpleName("Demand")
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
