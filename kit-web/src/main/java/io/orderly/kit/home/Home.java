package io.orderly.kit.home;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of a service, with links to its resources and operations.
 *
 * @param resources links to the resources of the service
 * @param operations links for operators
 */
record Home(String service, String version, String description, List<Link> resources, List<Link> operations) {

    Home {
        resources = List.copyOf(resources);
        operations = List.copyOf(operations);
    }

    /**
     * @param href a path of this service; may be a template such as {@code /orders/{id}}
     * @param title the title of the resource; absent if there is none
     */
    record Link(
            String href,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String title) {

        boolean isTemplate() {
            return href.contains("{");
        }
    }
}
