package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.Assault;
import io.orderly.chaos.ServiceFault.AtPoint;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Activates and removes faults. The class is final, so that the Chaos Monkey cannot attack it. */
@Hidden
@RestController
@Profile(ChaosAutoConfiguration.PROFILE)
@RequestMapping("/actuator/faults")
final class FaultController {

    private final ActiveFaults faults;
    private final ArmedCrashPoints crashPoints;
    private final ChaosMonkeyControl chaosMonkey;
    private final Clock wallClock;

    FaultController(
            ActiveFaults faults, ArmedCrashPoints crashPoints, ChaosMonkeyControl chaosMonkey, Clock wallClock) {
        this.faults = faults;
        this.crashPoints = crashPoints;
        this.chaosMonkey = chaosMonkey;
        this.wallClock = wallClock;
    }

    /**
     * @param time the time of the service's clock, which may be skewed
     * @param crashPoints the crash points that a crash or a pause can name
     */
    record Overview(Instant time, Set<String> crashPoints, List<View> faults) {}

    /** @param hits how often the fault has taken effect */
    record View(String id, ServiceFault fault, Instant since, long hits) {

        static View of(ActiveFault<?> active) {
            return new View(
                    active.id(), active.fault(), active.since(), active.hits().get());
        }
    }

    @GetMapping
    Overview overview() {
        return new Overview(
                wallClock.instant(),
                crashPoints.names(),
                faults.all().stream().map(View::of).toList());
    }

    @PostMapping
    ResponseEntity<View> add(@RequestBody ServiceFault fault) {
        check(fault, null);
        ActiveFault<?> active = faults.add(fault);
        attack(fault);
        return ResponseEntity.created(URI.create("/actuator/faults/" + active.id()))
                .body(View.of(active));
    }

    @PutMapping("/{id}")
    View put(@PathVariable String id, @RequestBody ServiceFault fault) {
        check(fault, id);
        remove(id);
        ActiveFault<?> active = faults.put(id, fault);
        attack(fault);
        return View.of(active);
    }

    @GetMapping("/{id}")
    View get(@PathVariable String id) {
        return faults.find(id).map(View::of).orElseThrow(FaultController::notFound);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id) {
        if (!remove(id)) {
            throw notFound();
        }
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping
    ResponseEntity<Void> deleteAll() {
        chaosMonkey.stop();
        faults.removeAll();
        return ResponseEntity.noContent().build();
    }

    private boolean remove(String id) {
        if (faults.find(id).filter(active -> active.fault() instanceof Assault).isPresent()) {
            chaosMonkey.stop();
        }
        return faults.remove(id);
    }

    private void attack(ServiceFault fault) {
        if (fault instanceof Assault assault) {
            chaosMonkey.attack(assault);
        }
    }

    /** @param replaced the id of the fault that is replaced; null if none */
    private void check(ServiceFault fault, @Nullable String replaced) {
        if (fault instanceof AtPoint at && !crashPoints.names().contains(at.point())) {
            throw ProblemException.invalid("point", "must be one of " + String.join(", ", crashPoints.names()));
        }
        if (fault instanceof Assault
                && faults.of(Assault.class).anyMatch(active -> !active.id().equals(replaced))) {
            throw ProblemException.conflict("A Chaos Monkey assault is already active; remove it first.");
        }
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("There is no active fault with this id.");
    }
}
