package io.orderly.lab.run;

import io.orderly.lab.experiment.Experiment.LinkLatency;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.PlannedFault;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.InjectedFault;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.link.Link;
import io.orderly.stack.link.Links;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The links of a scenario: links with faults or latencies go through a proxy, all others are direct. */
final class ScenarioLinks implements Links {

    private final Scenario scenario;
    private final ProxiedLinks proxied;
    private final Set<String> proxiedNames = new HashSet<>();
    private final Set<String> isolated = new HashSet<>();
    private final List<InjectedFault> latencies = new ArrayList<>();

    ScenarioLinks(Scenario scenario, ProxiedLinks proxied) {
        this.scenario = scenario;
        this.proxied = proxied;
        scenario.latencies().forEach(latency -> proxiedNames.addAll(latency.links()));
        for (PlannedFault planned : scenario.faults()) {
            switch (planned.fault()) {
                case Fault.OfLink ofLink -> proxiedNames.add(ofLink.link());
                case Fault.Isolation isolation -> isolated.add(isolation.process());
                default -> {}
            }
        }
    }

    @Override
    public int portOf(Link link, int targetPort) {
        return isProxied(link) ? proxied.portOf(link, targetPort) : targetPort;
    }

    private boolean isProxied(Link link) {
        return proxiedNames.contains(link.name()) || mayBeIsolated(link.from()) || mayBeIsolated(link.to());
    }

    private boolean mayBeIsolated(String process) {
        return isolated.contains(process)
                || isolated.contains(FaultInjector.COORDINATOR_LEADER) && CoordinatorCluster.MEMBERS.contains(process);
    }

    @Override
    public boolean areDirect() {
        return proxiedNames.isEmpty() && isolated.isEmpty();
    }

    /** Applies the latencies of the scenario. */
    void begin(FaultInjector faults) {
        for (LinkLatency latency : scenario.latencies()) {
            for (String link : latency.links()) {
                latencies.add(faults.inject(new Fault.Latency(
                        link, null, Math.toIntExact(latency.delay().toMillis()), null)));
            }
        }
    }

    /**
     * Whether latencies were configured and no link had any traffic to delay. A single unused link is not an error,
     * because arms use different links.
     */
    boolean hadNoEffect() {
        return !latencies.isEmpty()
                && latencies.stream()
                        .noneMatch(latency -> latency.verifyTookEffect().tookEffect());
    }
}
