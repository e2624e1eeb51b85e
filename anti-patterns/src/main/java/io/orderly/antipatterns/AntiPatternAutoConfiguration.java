package io.orderly.antipatterns;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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

/** Shows which wrong ways a service goes, and refuses those that it has not. */
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

    /** A comparison with a wrong way that nobody goes would say that it costs nothing. */
    @Bean
    SmartInitializingSingleton antiPatternsAreThere(ListableBeanFactory beans, MeterRegistry meters) {
        return () -> {
            for (AntiPattern each : on) {
                if (!isThere(each, beans)) {
                    throw new IllegalStateException("orderly.anti-patterns: this service cannot go the way " + each);
                }
                log.warn("This service goes a wrong way on purpose: {}", each);
                Gauge.builder("orderly.anti-patterns", () -> 1)
                        .description("wrong ways that are switched on")
                        .tag("name", each.toString())
                        .register(meters);
            }
        };
    }

    private static boolean isThere(AntiPattern wrong, ListableBeanFactory beans) {
        for (String name : beans.getBeanNamesForAnnotation(ConditionalOnAntiPattern.class)) {
            ConditionalOnAntiPattern of = beans.findAnnotationOnBean(name, ConditionalOnAntiPattern.class);
            if (of != null && of.value() == wrong) {
                return true;
            }
        }
        return false;
    }
}
