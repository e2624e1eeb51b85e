package io.orderly.lab.system;

import io.orderly.stack.link.Links;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an isolated system consists of, and what it starts from.
 *
 * @param settings environment variables that change a service's defaults, by the name of the service
 * @param links how the processes connect to each other
 * @param hasCoordinators whether three coordinators run, which divide the work of a service among its instances; without them there are fewer
 *     processes, and a single instance does all work
 * @param impairable whether the clocks and the disks of the coordinators can be impaired
 * @param instances how many instances of each service run, at least 1. Several need coordinators, and are behind a gateway
 * @param hasConsole whether a console runs, which depends on all other processes and none on it
 * @param origin the initial data of databases, topics and the provider; null for none. Coordinators start without data
 */
public record SystemPlan(
        Map<String, Map<String, String>> settings,
        Links links,
        boolean hasCoordinators,
        boolean impairable,
        int instances,
        boolean hasConsole,
        @Nullable ColdCopy origin) {

    /** One instance of each service with its defaults, direct links, no coordinators, no data. */
    public static final SystemPlan SIMPLE = new SystemPlan(Map.of(), Links.DIRECT, false, false, 1, false, null);

    public SystemPlan {
        if (instances < 1 || instances > 1 && !hasCoordinators) {
            throw new IllegalArgumentException(
                    "%d instances, %s coordinators".formatted(instances, hasCoordinators ? "with" : "without"));
        }
    }

    public SystemPlan withSettings(Map<String, Map<String, String>> more) {
        return new SystemPlan(more, links, hasCoordinators, impairable, instances, hasConsole, origin);
    }

    public SystemPlan withLinks(Links others) {
        return new SystemPlan(settings, others, hasCoordinators, impairable, instances, hasConsole, origin);
    }

    public SystemPlan withCoordinators() {
        return new SystemPlan(settings, links, true, impairable, instances, hasConsole, origin);
    }

    /** With coordinators whose clocks and disks can be impaired. */
    public SystemPlan withImpairableCoordinators() {
        return new SystemPlan(settings, links, true, true, instances, hasConsole, origin);
    }

    public SystemPlan withConsole() {
        return new SystemPlan(settings, links, hasCoordinators, impairable, instances, true, origin);
    }

    /** @throws IllegalArgumentException if there are several, but no coordinators */
    public SystemPlan withInstances(int ofEachService) {
        return new SystemPlan(settings, links, hasCoordinators, impairable, ofEachService, hasConsole, origin);
    }
}
