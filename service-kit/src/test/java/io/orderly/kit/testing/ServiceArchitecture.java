package io.orderly.kit.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestController;

/** Architecture rules of every service; each service's tests include them for its own packages. */
public final class ServiceArchitecture {

    /** Services communicate by messages and HTTP only, and do not share classes. */
    @ArchTest
    static final ArchRule dependsOnNoOtherService = slices().matching(
                    "io.orderly.(order|inventory|payment|shipping|provider|stack|lab)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    /** Optional modules may depend on a service and on the kit, but not the other way round. */
    @ArchTest
    static final ArchRule dependsOnNoOptionalModule = noClasses()
            .that()
            .resideOutsideOfPackages("io.orderly.antipatterns..", "io.orderly.chaos..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.orderly.antipatterns..", "io.orderly.chaos..", "de.codecentric..")
            .allowEmptyShould(true);

    /** Packages have no cyclic dependencies. */
    @ArchTest
    static final ArchRule hasNoCycles =
            slices().matching("io.orderly.*.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule controllersHaveNoDependents = noClasses()
            .that()
            .areNotAnnotatedWith(RestController.class)
            .and()
            .areNotMetaAnnotatedWith(Configuration.class)
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith(RestController.class)
            .as("nothing should depend on a controller")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule dependenciesAreConstructorInjected =
            fields().should().notBeAnnotatedWith(Autowired.class).as("fields should not be injected");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(new ArchCondition<>("lie in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    JavaPackage javaPackage = type.getPackage();
                    if (!javaPackage.isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(
                                type, javaPackage.getName() + " has no @NullMarked package-info"));
                    }
                }
            });

    private ServiceArchitecture() {}
}
