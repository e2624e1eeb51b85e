package io.orderly.kit.home;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service is, and where what it has is found.
 *
 * @param resources what can be read of the service's own
 * @param operations what helps to operate it
 */
record Home(String service, String version, String description, List<Link> resources, List<Link> operations) {

    Home {
        resources = List.copyOf(resources);
        operations = List.copyOf(operations);
    }

    /**
     * @param href a path on this service; may be a template such as {@code /orders/{id}}
     * @param title what is found there; absent if nothing says it
     */
    record Link(
            String href,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String title) {

        boolean isTemplate() {
            return href.contains("{");
        }
    }
}
