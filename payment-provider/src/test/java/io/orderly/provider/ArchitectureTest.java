package io.orderly.provider;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orderly.provider", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String BOOK = "io.orderly.provider.book";
    private static final String FAULTS = "io.orderly.provider.faults";
    private static final String JOURNAL = "io.orderly.provider.journal";

    @ArchTest
    static final ArchRule theBookDoesNotDependOnFilesThreadsOrNetwork = classes()
            .that()
            .resideInAPackage(BOOK)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    BOOK,
                    "java.lang",
                    "java.math",
                    "java.time",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "java.lang.runtime",
                    "java.lang.invoke",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule faultsDependOnlyOnTheBook = classes()
            .that()
            .resideInAPackage(FAULTS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(FAULTS, BOOK, "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule theJournalDependsOnlyOnTheBook = classes()
            .that()
            .resideInAPackage(JOURNAL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    JOURNAL,
                    BOOK,
                    "java..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation",
                    "org.jspecify.annotations");
}
