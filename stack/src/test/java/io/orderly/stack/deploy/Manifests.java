package io.orderly.stack.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * The objects that a folder renders to.
 *
 * @param documents all of them
 * @param models those that have a model
 */
record Manifests(List<Map<String, Object>> documents, List<HasMetadata> models) {

    /** @throws IllegalArgumentException if an object is not valid, see {@link StrictModels#read} */
    static Manifests parse(String yaml) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : new Yaml().loadAll(yaml)) {
            @SuppressWarnings("unchecked")
            Map<String, Object> object = (Map<String, Object>) document;
            documents.add(object);
        }
        return new Manifests(
                documents,
                documents.stream()
                        .map(StrictModels::read)
                        .flatMap(Optional::stream)
                        .toList());
    }

    <T extends HasMetadata> List<T> all(Class<T> model) {
        return models.stream().filter(model::isInstance).map(model::cast).toList();
    }

    /** Empty if there is none with this name. */
    <T extends HasMetadata> Optional<T> find(Class<T> model, String name) {
        return all(model).stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .findAny();
    }

    /** The objects of a kind that has no model. */
    List<Map<String, Object>> ofKind(String kind) {
        return documents.stream()
                .filter(document -> kind.equals(document.get("kind")))
                .toList();
    }

    List<Workload> workloads() {
        return Stream.concat(
                        all(Deployment.class).stream().map(Workload::of),
                        all(StatefulSet.class).stream().map(Workload::of))
                .toList();
    }

    /**
     * The environment of the containers of a workload. What a container gets from its pod is the path of that, in braces; and what it gets from a
     * Secret that an operator makes, the name and the key of the Secret.
     */
    Map<String, String> environment(Workload workload) {
        Map<String, String> environment = new HashMap<>();
        for (EnvFromSource source : workload.container().getEnvFrom()) {
            if (source.getConfigMapRef() != null) {
                environment.putAll(configMap(source.getConfigMapRef().getName()).getData());
            } else {
                environment.putAll(secret(source.getSecretRef().getName()).orElseThrow());
            }
        }
        for (EnvVar variable : workload.container().getEnv()) {
            environment.put(variable.getName(), value(variable));
        }
        return environment;
    }

    private String value(EnvVar variable) {
        EnvVarSource source = variable.getValueFrom();
        if (source == null) {
            return variable.getValue();
        }
        if (source.getFieldRef() != null) {
            return "{" + source.getFieldRef().getFieldPath() + "}";
        }
        String name = source.getSecretKeyRef().getName();
        String key = source.getSecretKeyRef().getKey();
        return secret(name).map(data -> data.get(key)).orElse(name + " " + key);
    }

    /** @throws AssertionError if there is none */
    ConfigMap configMap(String name) {
        return find(ConfigMap.class, name).orElseThrow(() -> new AssertionError("no ConfigMap " + name));
    }

    private Optional<Map<String, String>> secret(String name) {
        return find(Secret.class, name).map(secret -> {
            Map<String, String> decoded = new HashMap<>();
            secret.getData()
                    .forEach((key, value) ->
                            decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
            return decoded;
        });
    }
}
