package io.orderly.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orderly.console", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** The console watches from outside: it knows messages and HTTP interfaces, and no database. */
    @ArchTest
    static final ArchRule knowsNoServiceAndNoDatabase = classes()
            .that()
            .resideInAPackage("io.orderly.console..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderly.console..",
                    "io.orderly.contracts..",
                    "io.orderly.clock..",
                    "java.lang..",
                    "java.io..",
                    "java.math..",
                    "java.net..",
                    "java.nio..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "org.apache.kafka..",
                    "org.springframework..",
                    "org.hibernate.validator..",
                    "jakarta.servlet..",
                    "jakarta.validation..",
                    "io.micrometer..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation..");

    @ArchTest
    static final ArchRule theOrdersArePure = classes()
            .that()
            .resideInAPackage("io.orderly.console.order")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderly.console.order",
                    "io.orderly.contracts..",
                    "io.orderly.clock..",
                    "java.lang..",
                    "java.math..",
                    "java.nio.charset",
                    "java.time..",
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule theFramesArePure = noClasses()
            .that()
            .haveFullyQualifiedName("io.orderly.console.stream.Frames")
            .or()
            .haveFullyQualifiedName("io.orderly.console.stream.Frame")
            .or()
            .haveFullyQualifiedName("io.orderly.console.stream.Sampling")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.util.concurrent.locks..", "java.net..", "java.io..");

    @ArchTest
    static final ArchRule theRunOfALessonIsPure = noClasses()
            .that()
            .haveFullyQualifiedName("io.orderly.console.lesson.LessonRun")
            .or()
            .haveFullyQualifiedName("io.orderly.console.lesson.Seen")
            .or()
            .haveNameMatching("io\\.orderly\\.console\\.lesson\\.(Step|Condition)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.orderly.console.upstream..", "org.springframework..", "java.net..", "java.io..");

    @ArchTest
    static final ArchRule hasNoCycles =
            slices().matching("io.orderly.console.(*)..").should().beFreeOfCycles();
}
