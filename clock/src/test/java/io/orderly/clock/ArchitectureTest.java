package io.orderly.clock;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(packages = "io.orderly.clock", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> JAVA_BASE = Object.class.getModule().getPackages();

    @ArchTest
    static final ArchRule dependsOnlyOnJavaBase = classes()
            .should()
            .onlyDependOnClassesThat(describe(
                            "are in java.base",
                            (JavaClass type) -> JAVA_BASE.contains(
                                    type.getBaseComponentType().getPackageName()))
                    .or(resideInAnyPackage("io.orderly.clock", "org.jspecify.annotations")));
}
