package io.orderly.coordinator.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orderly.coordinator.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theClientDoesNotNeedSpring = noClasses()
            .that()
            .resideOutsideOfPackage("..autoconfigure..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.micrometer..", "jakarta..");

    @ArchTest
    static final ArchRule theGuardNeedsJdbcAlone = noClasses()
            .that()
            .resideInAPackage("..fencing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "io.orderly.coordinator.api..", "org.postgresql..");

    @ArchTest
    static final ArchRule decisionsNeedNeitherThreadsNorConnections = noClasses()
            .that()
            .haveSimpleName("LeaseTerm")
            .or()
            .haveSimpleName("WatchCursor")
            .or()
            .haveSimpleName("RetryRule")
            .or()
            .haveSimpleName("Lane")
            .or()
            .haveSimpleName("TimestampReserve")
            .or()
            .haveSimpleName("SettingState")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "java.util.concurrent..");
}
