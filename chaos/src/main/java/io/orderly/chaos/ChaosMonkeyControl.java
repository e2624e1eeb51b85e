package io.orderly.chaos;

import de.codecentric.spring.boot.chaos.monkey.configuration.AssaultProperties;
import de.codecentric.spring.boot.chaos.monkey.configuration.ChaosMonkeySettings;
import de.codecentric.spring.boot.chaos.monkey.configuration.WatcherProperties;
import io.orderly.chaos.ServiceFault.Assault;
import io.orderly.chaos.ServiceFault.Watcher;
import java.util.Objects;

/** Starts and stops attacks of the Chaos Monkey for Spring Boot. */
final class ChaosMonkeyControl {

    private final ChaosMonkeySettings settings;

    ChaosMonkeyControl(ChaosMonkeySettings settings) {
        this.settings = settings;
    }

    void attack(Assault assault) {
        AssaultProperties assaults = settings.getAssaultProperties();
        assaults.setLevel(assault.level());
        assaults.setLatencyActive(assault.latencyMillis() != null);
        assaults.setExceptionsActive(assault.latencyMillis() == null);
        if (assault.latencyMillis() != null) {
            assaults.setLatencyRangeStart(Objects.requireNonNull(assault.latencyMillis()));
            assaults.setLatencyRangeEnd(Objects.requireNonNull(assault.latencyMillis()));
        }
        watch(assault.watcher(), true);
        settings.getChaosMonkeyProperties().setEnabled(true);
    }

    void stop() {
        settings.getChaosMonkeyProperties().setEnabled(false);
        for (Watcher watcher : Watcher.values()) {
            watch(watcher, false);
        }
    }

    private void watch(Watcher watcher, boolean on) {
        WatcherProperties watchers = settings.getWatcherProperties();
        switch (watcher) {
            case REST_CONTROLLER -> watchers.setRestController(on);
            case SERVICE -> watchers.setService(on);
            case REPOSITORY -> watchers.setRepository(on);
            case COMPONENT -> watchers.setComponent(on);
        }
    }
}
