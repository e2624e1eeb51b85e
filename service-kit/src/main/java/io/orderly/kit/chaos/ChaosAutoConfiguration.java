package io.orderly.kit.chaos;

import de.codecentric.spring.boot.chaos.monkey.component.MetricType;
import de.codecentric.spring.boot.chaos.monkey.configuration.ChaosMonkeySettings;
import de.codecentric.spring.boot.chaos.monkey.events.MetricEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.chaos.ServiceFault.Assault;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/** Without the profile {@code chaos} nothing can go wrong on purpose, and there is nobody to order it from. */
@AutoConfiguration
class ChaosAutoConfiguration {

    static final String PROFILE = "chaos";

    @Configuration(proxyBeanMethods = false)
    @Profile("!" + PROFILE)
    static class Off {

        @Bean
        CrashPoints crashPoints() {
            return CrashPoints.NONE;
        }

        @Bean
        Delivery delivery() {
            return Delivery.FAITHFUL;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Profile(PROFILE)
    @EnableConfigurationProperties(ChaosProperties.class)
    @Import(FaultController.class)
    static class On {

        /** The Chaos Monkey's word for calls that it attacked. */
        private static final Set<MetricType> ATTACKS = Set.of(MetricType.LATENCY_ASSAULT, MetricType.EXCEPTION_ASSAULT);

        @Bean
        ActiveFaults activeFaults(MeterRegistry meters) {
            return new ActiveFaults(meters);
        }

        @Bean
        InfoContributor activeFaultsInfo(ActiveFaults faults) {
            return info -> info.withDetail(
                    "faults",
                    faults.all().stream().map(FaultController.View::of).toList());
        }

        @Bean
        ArmedCrashPoints crashPoints(ActiveFaults faults) {
            return new ArmedCrashPoints(faults, Runtime.getRuntime()::halt);
        }

        @Bean
        Disturbances disturbances(ActiveFaults faults, ChaosProperties properties) {
            return new Disturbances(faults, new Random(properties.seed()));
        }

        @Bean
        Delivery delivery(ActiveFaults faults, Disturbances disturbances, ChaosProperties properties) {
            return new FaultyDelivery(faults, disturbances, new Random(properties.seed()));
        }

        @Bean
        Clock wallClock(ActiveFaults faults) {
            return new SkewedClock(Clock.systemUTC(), faults);
        }

        @Bean
        Monkey monkey(ChaosMonkeySettings settings) {
            return new Monkey(settings);
        }

        @Bean
        ApplicationListener<MetricEvent> attacks(ActiveFaults faults) {
            return event -> {
                if (ATTACKS.contains(event.getMetricType())) {
                    faults.of(Assault.class).forEach(ActiveFault::hit);
                }
            };
        }

        /** Where a service calls others. */
        @Bean
        RestClientCustomizer faultyRequests(Disturbances disturbances) {
            return builder -> builder.requestInterceptor(new FaultyRequests(disturbances));
        }
    }
}
