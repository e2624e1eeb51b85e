package io.orderly.partitions;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orderly.partitions", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule decisionsNeedTheJdkAlone = classes()
            .that()
            .resideInAPackage("io.orderly.partitions..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify.annotations", "io.orderly.partitions.."));

    @ArchTest
    static final ArchRule decisionsHaveNoThreadsConnectionsOrClock = noClasses()
            .that()
            .resideInAPackage("io.orderly.partitions..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.util.concurrent..", "java.net..", "java.nio.channels..", "java.sql.."))
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
