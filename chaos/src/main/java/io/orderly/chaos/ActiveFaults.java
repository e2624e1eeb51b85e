package io.orderly.chaos;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The active faults of this service. Read with every message, changed rarely. While the switch is off, none takes effect. */
final class ActiveFaults {

    private static final Logger log = LoggerFactory.getLogger(ActiveFaults.class);

    private final BooleanSupplier enabled;
    private final MultiGauge active;
    private final MultiGauge hits;
    private volatile List<ActiveFault<?>> faults = List.of();
    private long number;

    /** @param enabled whether faults take effect */
    ActiveFaults(MeterRegistry meters, BooleanSupplier enabled) {
        this.enabled = enabled;
        this.active = MultiGauge.builder("orderly.faults.active")
                .description("1 for each active fault")
                .register(meters);
        this.hits = MultiGauge.builder("orderly.faults.hits")
                .description("How often each active fault has taken effect")
                .register(meters);
    }

    /** Activates a fault with a new id. */
    synchronized ActiveFault<?> add(ServiceFault fault) {
        String id;
        do {
            id = fault.kind() + "-" + ++number;
        } while (find(id).isPresent());
        return put(id, fault);
    }

    /** Activates a fault, and replaces the fault with this id if there is one. */
    synchronized ActiveFault<?> put(String id, ServiceFault fault) {
        var added = new ActiveFault<>(id, fault, Instant.now(), new AtomicLong());
        List<ActiveFault<?>> changed = new ArrayList<>(faults);
        changed.removeIf(each -> each.id().equals(id));
        changed.add(added);
        change(changed);
        log.warn("Fault {} is active: {}", id, fault);
        return added;
    }

    /** @return whether a fault with this id was active */
    synchronized boolean remove(String id) {
        List<ActiveFault<?>> changed = new ArrayList<>(faults);
        boolean removed = changed.removeIf(each -> each.id().equals(id));
        if (removed) {
            change(changed);
            log.warn("Fault {} is removed", id);
        }
        return removed;
    }

    synchronized void removeAll() {
        faults.forEach(each -> log.warn("Fault {} is removed", each.id()));
        change(List.of());
    }

    List<ActiveFault<?>> all() {
        return faults;
    }

    Optional<ActiveFault<?>> find(String id) {
        return faults.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** The active faults of one kind that take effect. */
    @SuppressWarnings("unchecked") // the kind is checked
    <F extends ServiceFault> Stream<ActiveFault<F>> of(Class<F> kind) {
        if (!enabled.getAsBoolean()) {
            return Stream.empty();
        }
        return faults.stream().filter(each -> kind.isInstance(each.fault())).map(each -> (ActiveFault<F>) each);
    }

    private void change(List<ActiveFault<?>> changed) {
        faults = List.copyOf(changed);
        active.register(rows(_ -> 1), true);
        hits.register(rows(each -> each.hits().get()), true);
    }

    private List<MultiGauge.Row<?>> rows(ToLongFunction<ActiveFault<?>> value) {
        return faults.stream()
                .<MultiGauge.Row<?>>map(each -> MultiGauge.Row.of(
                        Tags.of("id", each.id(), "fault", each.fault().kind()), () -> value.applyAsLong(each)))
                .toList();
    }
}
