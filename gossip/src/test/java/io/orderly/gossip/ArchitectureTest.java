package io.orderly.gossip;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orderly.gossip", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theProtocolHasNoThreadsSocketsOrClock = noClasses()
            .that()
            .resideOutsideOfPackage("io.orderly.gossip.udp")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.orderly.gossip.udp", "java.nio.channels..", "java.util.concurrent..", "org.slf4j.."))
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule messagesDoNotKnowTheProtocol = classes()
            .that()
            .resideInAnyPackage("io.orderly.gossip.member", "io.orderly.gossip.message")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", "org.jspecify.annotations", "io.orderly.gossip.member", "io.orderly.gossip.message"));
}
