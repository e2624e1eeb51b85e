package io.orderly.coordinator.fault;

import io.orderly.coordinator.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Replaces the machine of a member; found by the scan of the member's packages, if this module is on its class path. */
@Configuration(proxyBeanMethods = false)
class FaultConfiguration {

    @Bean
    @Primary
    Machine faultyMachine(@Value("${orderly.coordinator.data}") Path data) throws IOException {
        return new FaultyMachine(Machine.LOCAL, FaultFile.open(FaultFile.beside(data)));
    }
}
