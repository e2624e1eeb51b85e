package io.orderly.stack.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A Deployment or a StatefulSet.
 *
 * @param replicas empty if a Deployment leaves them to others
 */
record Workload(String name, PodTemplateSpec template, LabelSelector selector, Optional<Integer> replicas) {

    static Workload of(Deployment deployment) {
        return new Workload(
                deployment.getMetadata().getName(),
                deployment.getSpec().getTemplate(),
                deployment.getSpec().getSelector(),
                Optional.ofNullable(deployment.getSpec().getReplicas()));
    }

    static Workload of(StatefulSet set) {
        return new Workload(
                set.getMetadata().getName(),
                set.getSpec().getTemplate(),
                set.getSpec().getSelector(),
                Optional.ofNullable(set.getSpec().getReplicas()));
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    PodSpec pod() {
        return template.getSpec();
    }

    /** Each pod has one. */
    Container container() {
        return pod().getContainers().getFirst();
    }

    /** Whether a container listens on a port, by its number or name. */
    boolean listensOn(String port, String protocol) {
        return container().getPorts().stream()
                .anyMatch(each -> (port.equals(each.getName())
                                || port.equals(each.getContainerPort().toString()))
                        && Objects.requireNonNullElse(each.getProtocol(), "TCP").equals(protocol));
    }

    /** Whether it is one of those with some labels. */
    boolean isSelectedBy(LabelSelector selector) {
        return selector.getMatchLabels().entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels().get(label.getKey())))
                && selector.getMatchExpressions().stream().allMatch(expression -> switch (expression.getOperator()) {
                    case "In" -> expression.getValues().contains(labels().getOrDefault(expression.getKey(), ""));
                    case "Exists" -> labels().containsKey(expression.getKey());
                    default -> throw new IllegalArgumentException("unknown operator in " + expression);
                });
    }
}
