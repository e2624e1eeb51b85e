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

/** The borders that every service keeps; each service's tests include these rules for its own packages. */
public final class ServiceArchitecture {

    /** A service speaks to another through messages and HTTP, never through its classes. */
    @ArchTest
    static final ArchRule knowsNoOtherService = slices().matching(
                    "io.orderly.(order|inventory|payment|shipping|provider|stack|lab)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    /** What is put on the class path from outside may know a service and the kit, and neither knows of it. */
    @ArchTest
    static final ArchRule knowsNoModuleFromOutside = noClasses()
            .that()
            .resideOutsideOfPackages("io.orderly.antipatterns..", "io.orderly.chaos..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.orderly.antipatterns..", "io.orderly.chaos..", "de.codecentric..")
            .allowEmptyShould(true);

    /** Packages are rooms with doors in one direction. */
    @ArchTest
    static final ArchRule hasNoCycles =
            slices().matching("io.orderly.*.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule controllersAreNobodysBusiness = noClasses()
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
    static final ArchRule dependenciesAreHandedIn =
            fields().should().notBeAnnotatedWith(Autowired.class).as("fields should not be injected");

    @ArchTest
    static final ArchRule packagesSayWhatTheyAreFor = classes()
            .should(new ArchCondition<>("lie in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    JavaPackage room = type.getPackage();
                    if (!room.isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(
                                type, room.getName() + " has no @NullMarked package-info"));
                    }
                }
            });

    private ServiceArchitecture() {}
}
