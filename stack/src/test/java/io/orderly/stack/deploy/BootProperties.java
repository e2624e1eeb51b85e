package io.orderly.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The properties of Spring Boot that are not withdrawn, by the names of their environment variables.
 *
 * @param names of single ones
 * @param maps the names of those that have further names below them
 */
record BootProperties(Set<String> names, Set<String> maps) {

    static BootProperties read() throws IOException {
        BootProperties properties = new BootProperties(new HashSet<>(), new HashSet<>());
        ClassLoader loader = BootProperties.class.getClassLoader();
        for (URL file : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream content = file.openStream()) {
                for (JsonNode property : new ObjectMapper().readTree(content).path("properties")) {
                    if (!property.path("deprecation").path("level").asText().equals("error")) {
                        properties.add(
                                property.path("name").asText(),
                                property.path("type").asText());
                    }
                }
            }
        }
        return properties;
    }

    private void add(String name, String type) {
        String variable = name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
        if (type.startsWith("java.util.Map")) {
            maps.add(variable + "_");
        } else {
            names.add(variable);
        }
    }

    boolean contains(String variable) {
        return names.contains(variable) || maps.stream().anyMatch(variable::startsWith);
    }
}
