package io.orderly.antipatterns;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.security.Access;
import io.orderly.kit.security.AccessRules;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Reports the anti-patterns that are switched on, and rejects those that the service does not support. */
@AutoConfiguration
class AntiPatternAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AntiPatternAutoConfiguration.class);

    private final Set<AntiPattern> on;

    AntiPatternAutoConfiguration(Environment environment) {
        this.on = OnAntiPatternCondition.switchedOn(environment);
    }

    @Bean
    InfoContributor antiPatternsInfo() {
        List<String> names = on.stream().map(AntiPattern::toString).sorted().toList();
        return info -> info.withDetail("anti-patterns", names);
    }

    /** For operators: none of these endpoints asks of which customer an order is. */
    @Bean
    AccessRules accessToAntiPatterns() {
        return AccessRules.none().with(Access.OPERATE, null, "/anti-patterns/**");
    }

    /**
     * Fails the start if an anti-pattern has no effect in this service, because a comparison would then measure
     * nothing.
     */
    @Bean
    SmartInitializingSingleton antiPatternSupportCheck(ListableBeanFactory beans, MeterRegistry meters) {
        return () -> {
            for (AntiPattern each : on) {
                if (!isSupported(each, beans)) {
                    throw new IllegalStateException("orderly.anti-patterns: this service does not support " + each);
                }
                log.warn("Anti-pattern is switched on: {}", each);
                Gauge.builder("orderly.anti-patterns", () -> 1)
                        .description("Anti-patterns that are switched on")
                        .tag("name", each.toString())
                        .register(meters);
            }
        };
    }

    private static boolean isSupported(AntiPattern antiPattern, ListableBeanFactory beans) {
        for (String name : beans.getBeanNamesForAnnotation(ConditionalOnAntiPattern.class)) {
            ConditionalOnAntiPattern of = beans.findAnnotationOnBean(name, ConditionalOnAntiPattern.class);
            if (of != null && of.value() == antiPattern) {
                return true;
            }
        }
        return false;
    }
}
