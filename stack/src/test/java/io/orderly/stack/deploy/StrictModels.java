package io.orderly.stack.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads objects of Kubernetes and refuses unknown fields, of which a cluster would only warn, or which it would drop. */
final class StrictModels {

    private static final Map<String, Class<? extends HasMetadata>> MODELS = Map.ofEntries(
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Secret", Secret.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("apps/v1 StatefulSet", StatefulSet.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class));

    /** The fields that the objects without a model in Java must have. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "postgresql.cnpg.io/v1 Cluster",
                    List.of(
                            "spec.instances",
                            "spec.imageCatalogRef.major",
                            "spec.bootstrap.initdb.database",
                            "spec.bootstrap.initdb.owner",
                            "spec.postgresql.synchronous.number",
                            "spec.storage.size",
                            "spec.backup.volumeSnapshot.className"),
            "postgresql.cnpg.io/v1 ScheduledBackup", List.of("spec.schedule", "spec.cluster.name", "spec.method"),
            "keda.sh/v1alpha1 ScaledObject", List.of("spec.scaleTargetRef.name", "spec.triggers"),
            "keda.sh/v1alpha1 TriggerAuthentication", List.of("spec.secretTargetRef"),
            "monitoring.coreos.com/v1 PodMonitor", List.of("spec.selector", "spec.podMetricsEndpoints"),
            "monitoring.coreos.com/v1 PrometheusRule", List.of("spec.groups"));

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {

                /** The models would keep unknown fields in a map. */
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            });

    private StrictModels() {}

    /**
     * Reads an object as the model of its kind.
     *
     * @return empty if its kind has no model, and its required fields are there
     * @throws IllegalArgumentException if it has a field that its kind does not have, or lacks a required one, or is of no known kind
     */
    static Optional<HasMetadata> read(Map<String, Object> document) {
        String kind = document.get("apiVersion") + " " + document.get("kind");
        Class<? extends HasMetadata> model = MODELS.get(kind);
        if (model != null) {
            return Optional.of(MAPPER.convertValue(document, model));
        }
        List<String> required = REQUIRED.get(kind);
        if (required == null) {
            throw new IllegalArgumentException("No model of: " + kind);
        }
        for (String path : required) {
            if (at(document, path) == null) {
                throw new IllegalArgumentException("%s has no %s: %s".formatted(kind, path, document));
            }
        }
        return Optional.empty();
    }

    /** What is at a path of names, separated by dots; null if there is nothing. */
    static @Nullable Object at(Map<String, Object> document, String path) {
        Object here = document;
        for (String name : path.split("\\.")) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return here;
    }
}
