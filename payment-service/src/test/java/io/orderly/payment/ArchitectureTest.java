package io.orderly.payment;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.orderly.kit.entities.AssignedIdEntity;
import io.orderly.kit.testing.ServiceArchitecture;

@AnalyzeClasses(packages = "io.orderly.payment", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests everyService = ArchTests.in(ServiceArchitecture.class);

    @ArchTest
    static final ArchRule ledgerDoesNotDependOnCharging = noClasses()
            .that()
            .resideInAPackage("io.orderly.payment.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.orderly.payment.charging..", "io.orderly.payment.provider..");

    @ArchTest
    static final ArchRule rulesDoNotDependOnFrameworks = noClasses()
            .that()
            .haveNameMatching(
                    "io\\.orderly\\.payment\\.charging\\.(Payment|PaymentState|ProviderAnswer|Decision|Decline|Charge|SettlementAttempt|BackOff)")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "org.springframework..", "java.sql..", "io.github.resilience4j..", "io.micrometer..")
                    // the base class for assigned ids is allowed
                    .and(not(type(AssignedIdEntity.class))));
}
