package io.orderly.stack.deploy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Which connections the policies of a namespace permit, by the rules of Kubernetes, as far as they are used here. */
record NetworkPolicies(List<NetworkPolicy> policies) {

    /** The end of a connection. */
    sealed interface Target {

        /** A pod of this namespace. */
        record Pod(Workload workload) implements Target {}

        /** A pod of an operator in this namespace, which has its own policies. */
        record OfOperator() implements Target {}

        record OtherNamespace(String name) implements Target {}
    }

    boolean permit(Workload from, Target to, int port, String protocol) {
        boolean leaves = rulesOf(from, "Egress")
                .map(policy -> policy.getSpec().getEgress().stream()
                        .anyMatch(rule -> isPeer(rule.getTo(), to) && isPort(rule.getPorts(), to, port, protocol)))
                .reduce(Boolean::logicalOr)
                .orElse(true);
        if (!(to instanceof Target.Pod(Workload workload))) {
            return leaves;
        }
        return leaves
                && rulesOf(workload, "Ingress")
                        .map(policy -> policy.getSpec().getIngress().stream()
                                .anyMatch(rule -> isPeer(rule.getFrom(), new Target.Pod(from))
                                        && isPort(rule.getPorts(), to, port, protocol)))
                        .reduce(Boolean::logicalOr)
                        .orElse(true);
    }

    private Stream<NetworkPolicy> rulesOf(Workload workload, String direction) {
        return policies.stream()
                .filter(policy -> policy.getSpec().getPolicyTypes().contains(direction))
                .filter(policy -> workload.isSelectedBy(policy.getSpec().getPodSelector()));
    }

    /** No peers are all peers. */
    private static boolean isPeer(List<NetworkPolicyPeer> peers, Target target) {
        return peers.isEmpty()
                || peers.stream().anyMatch(peer -> switch (target) {
                    case Target.Pod(Workload workload) ->
                        peer.getPodSelector() != null && workload.isSelectedBy(peer.getPodSelector());
                    case Target.OfOperator() -> peer.getPodSelector() != null && isEmpty(peer.getPodSelector());
                    case Target.OtherNamespace(String name) ->
                        peer.getNamespaceSelector() != null
                                && name.equals(peer.getNamespaceSelector()
                                        .getMatchLabels()
                                        .get("kubernetes.io/metadata.name"));
                });
    }

    private static boolean isEmpty(LabelSelector selector) {
        return selector.getMatchLabels().isEmpty()
                && selector.getMatchExpressions().isEmpty();
    }

    /** No ports are all ports. */
    private static boolean isPort(List<NetworkPolicyPort> ports, Target target, int port, String protocol) {
        return ports.isEmpty()
                || ports.stream()
                        .filter(each -> Objects.requireNonNullElse(each.getProtocol(), "TCP")
                                .equals(protocol))
                        .anyMatch(each -> Optional.ofNullable(each.getPort().getIntVal())
                                .map(first ->
                                        first <= port && port <= Objects.requireNonNullElse(each.getEndPort(), first))
                                .orElseGet(() -> target instanceof Target.Pod(Workload workload)
                                        && workload.container().getPorts().stream()
                                                .anyMatch(named -> each.getPort()
                                                                .getStrVal()
                                                                .equals(named.getName())
                                                        && named.getContainerPort() == port)));
    }
}
