package io.orderly.lab.trial;

import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.InvalidExperimentException;
import io.orderly.lab.experiment.PlannedFault;
import io.orderly.stack.process.Readiness;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A system that others have built, as its file describes it. The placeholders of ports and of the file's folder have their values already.
 *
 * @param name that of its file, without the extension
 * @param processes each after those that it needs
 * @param phases how long each phase of a run lasts; the drain is also how long an order may take to its end
 */
public record ForeignSystem(
        String name,
        String title,
        List<ForeignProcess> processes,
        Placement placement,
        Ending ending,
        List<Invariant> invariants,
        Map<PhaseName, Duration> phases,
        List<Scenario> scenarios) {

    /**
     * @param command its program and arguments, which may have placeholders of its folder for data and of its links
     * @param environment likewise
     * @param links what it connects to, by name
     */
    record ForeignProcess(
            String name,
            List<Template> command,
            Map<String, Template> environment,
            int port,
            List<String> needs,
            Readiness readiness,
            Map<String, InetSocketAddress> links) {}

    /**
     * The request that places an order, with placeholders of its number and key.
     *
     * @param id the field of the response with the id of the order; null if that is the last part of the header {@code Location}
     * @param repeatFor how long a request is repeated after a transient error or without a response; zero if it is not
     */
    record Placement(
            Method method,
            Template address,
            Map<String, Template> headers,
            Template body,
            @Nullable String id,
            Duration repeatFor) {}

    /** How an order is placed. */
    enum Method {
        POST,
        PUT
    }

    /**
     * The request that shows whether an order has ended, with placeholders of its number, key and id.
     *
     * @param field the field of the response with the state of the order
     * @param right states of orders that have ended as they should
     * @param wrong states of orders that have ended otherwise
     * @param every the pause between two requests
     */
    record Ending(Template address, String field, Set<String> right, Set<String> wrong, Duration every) {}

    /** @param faults those of the phase {@link PhaseName#DURING} */
    public record Scenario(String name, Load load, List<PlannedFault> faults) {}

    public Duration lastingOf(PhaseName phase) {
        return phases.getOrDefault(phase, Duration.ZERO);
    }

    /**
     * A copy with some of its scenarios.
     *
     * @throws InvalidExperimentException if it does not have one of them
     */
    public ForeignSystem with(List<String> names) {
        List<String> known = scenarios.stream().map(Scenario::name).toList();
        if (!known.containsAll(names)) {
            throw new InvalidExperimentException(
                    List.of("%s has not all of the scenarios %s; known are %s".formatted(name, names, known)));
        }
        return new ForeignSystem(
                name,
                title,
                processes,
                placement,
                ending,
                invariants,
                phases,
                scenarios.stream()
                        .filter(scenario -> names.contains(scenario.name()))
                        .toList());
    }
}
