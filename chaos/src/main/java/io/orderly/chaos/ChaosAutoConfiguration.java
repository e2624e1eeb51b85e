package io.orderly.chaos;

import de.codecentric.spring.boot.chaos.monkey.component.MetricType;
import de.codecentric.spring.boot.chaos.monkey.configuration.ChaosMonkeySettings;
import de.codecentric.spring.boot.chaos.monkey.configuration.toggles.ChaosToggles;
import de.codecentric.spring.boot.chaos.monkey.events.MetricEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.chaos.ServiceFault.Assault;
import io.orderly.kit.consuming.ConsumingAutoConfiguration;
import io.orderly.kit.outbox.OutboxAutoConfiguration;
import io.orderly.kit.outbox.PublicationListener;
import io.orderly.kit.settings.LiveSetting;
import io.orderly.kit.settings.LiveSettings;
import io.orderly.kit.settings.SettingDeclaration;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** Without the profile {@code chaos} no fault can be injected, and there is no endpoint to activate one. */
@AutoConfiguration(before = {OutboxAutoConfiguration.class, ConsumingAutoConfiguration.class})
class ChaosAutoConfiguration {

    static final String PROFILE = "chaos";

    @Configuration(proxyBeanMethods = false)
    @Profile("!" + PROFILE)
    static class Off {

        @Bean
        CrashPoints crashPoints() {
            return CrashPoints.NONE;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Profile(PROFILE)
    @EnableConfigurationProperties(ChaosProperties.class)
    @Import(FaultController.class)
    static class On {

        /** The Chaos Monkey's metric types for attacked calls. */
        private static final Set<MetricType> ATTACKS = Set.of(MetricType.LATENCY_ASSAULT, MetricType.EXCEPTION_ASSAULT);

        @Bean
        LiveSetting<Boolean> chaosSwitch(LiveSettings settings, ChaosProperties properties) {
            return settings.declare(
                    SettingDeclaration.flag(
                            "chaos.enabled",
                            properties.enabled(),
                            "If false, no active fault takes effect; they remain active, and take effect again when it is true."));
        }

        @Bean
        ActiveFaults activeFaults(MeterRegistry meters, LiveSetting<Boolean> chaosSwitch) {
            return new ActiveFaults(meters, chaosSwitch::get);
        }

        /** The Chaos Monkey has toggles of its own, which are always on. */
        @Bean
        @Primary
        ChaosToggles switchOfTheChaosMonkey(LiveSetting<Boolean> chaosSwitch) {
            return _ -> chaosSwitch.get();
        }

        @Bean
        InfoContributor activeFaultsInfo(ActiveFaults faults) {
            return info -> info.withDetail(
                    "faults",
                    faults.all().stream().map(FaultController.View::of).toList());
        }

        @Bean
        ArmedCrashPoints crashPoints(ActiveFaults faults) {
            return new ArmedCrashPoints(faults, Runtime.getRuntime()::halt, ArmedCrashPoints::suspendProcess);
        }

        @Bean
        LatencyAndErrors latencyAndErrors(ActiveFaults faults, ChaosProperties properties) {
            return new LatencyAndErrors(faults, new Random(properties.seed()));
        }

        @Bean
        ContainerCustomizer<String, byte[], ConcurrentMessageListenerContainer<String, byte[]>> faultyDelivery(
                ActiveFaults faults,
                LatencyAndErrors latencyAndErrors,
                CrashPoints crashPoints,
                ChaosProperties properties) {
            var random = new Random(properties.seed());
            CrashPoint beforeAcknowledgement = crashPoints.named("after-batch-commit-before-acknowledgement");
            return container -> container.setupMessageListener(
                    new FaultyDelivery(listenerOf(container), faults, latencyAndErrors, random, beforeAcknowledgement));
        }

        @SuppressWarnings("unchecked") // the kit's consumers use batch listeners
        private static BatchMessageListener<String, byte[]> listenerOf(
                ConcurrentMessageListenerContainer<String, byte[]> container) {
            return (BatchMessageListener<String, byte[]>)
                    container.getContainerProperties().getMessageListener();
        }

        @Bean
        TransactionExecutionListener crashBeforeBatchCommit(CrashPoints crashPoints) {
            CrashPoint beforeBatchCommit = crashPoints.named("before-batch-commit");
            return new TransactionExecutionListener() {
                @Override
                public void beforeCommit(TransactionExecution transaction) {
                    if (FaultyDelivery.isHandling()) {
                        beforeBatchCommit.pass();
                    }
                }
            };
        }

        @Bean
        PublicationListener publicationCrashPoints(CrashPoints crashPoints) {
            return new PublicationCrashPoints(crashPoints);
        }

        /** Only the order-service decides by the deadlines of its partitions. */
        @Bean
        @ConditionalOnProperty(name = "spring.application.name", havingValue = "order-service")
        OwnerCrashPoints ownerCrashPoints(CrashPoints crashPoints) {
            return new OwnerCrashPoints(crashPoints);
        }

        /** Only the payment-service calls the payment provider. */
        @Bean
        @ConditionalOnProperty(name = "spring.application.name", havingValue = "payment-service")
        RestClientCustomizer chargeCrashPoints(CrashPoints crashPoints) {
            var crashes = new ChargeCrashPoints(crashPoints);
            return builder -> builder.requestInterceptor(crashes);
        }

        @Bean
        Clock wallClock(ActiveFaults faults) {
            return new SkewedClock(Clock.systemUTC(), faults);
        }

        @Bean
        ChaosMonkeyControl chaosMonkeyControl(ChaosMonkeySettings settings) {
            return new ChaosMonkeyControl(settings);
        }

        @Bean
        ApplicationListener<MetricEvent> attacks(ActiveFaults faults) {
            return event -> {
                if (ATTACKS.contains(event.getMetricType())) {
                    faults.of(Assault.class).forEach(ActiveFault::hit);
                }
            };
        }

        /** Applies faults to the service's HTTP clients. */
        @Bean
        RestClientCustomizer faultyRequests(LatencyAndErrors latencyAndErrors) {
            return builder -> builder.requestInterceptor(new FaultyRequests(latencyAndErrors));
        }
    }
}
