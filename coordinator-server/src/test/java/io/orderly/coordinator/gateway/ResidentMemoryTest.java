package io.orderly.coordinator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ResidentMemoryTest {

    @Test
    void isReadFromTheStatusOfTheProcess() {
        assertThat(ResidentMemory.bytes(Stream.of("VmHWM:\t   9 kB", "VmRSS:\t  2048 kB", "RssAnon:\t 1 kB")))
                .isEqualTo(2 << 20);
        assertThat(ResidentMemory.bytes(Stream.of("Name:\tjava"))).isNaN();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void hasTheNameThatEtcdctlLooksFor() {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new ResidentMemory().bindTo(meters);
        assertThat(meters.scrape()).containsPattern("(?m)^process_resident_memory_bytes [1-9]");
    }
}
