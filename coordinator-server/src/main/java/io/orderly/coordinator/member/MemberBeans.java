package io.orderly.coordinator.member;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.coordinator.connection.PeerTls;
import io.orderly.coordinator.connection.TlsProperties;
import io.orderly.coordinator.machine.Machine;
import io.orderly.coordinator.peer.PeerSettings;
import java.io.IOException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The member of this process, and its health and metrics. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CoordinatorProperties.class, PeerSettings.class})
class MemberBeans {

    @Bean
    MemberProcess memberProcess(
            CoordinatorProperties properties,
            PeerSettings peers,
            TlsProperties tls,
            ObjectProvider<PeerTls> peerTls,
            Machine machine,
            MeterRegistry meters)
            throws IOException {
        new UrlSchemes(tls).check(properties);
        return new MemberProcess(properties, peers, Optional.ofNullable(peerTls.getIfAvailable()), machine, meters);
    }

    @Bean
    Coordinator coordinator(MemberProcess process) {
        return process.member().coordinator();
    }

    @Bean
    HealthIndicator quorumHealthIndicator(MemberProcess process) {
        RunningMember member = process.member();
        return MemberHealth.readiness(member.coordinator().self(), member.threads());
    }

    @Bean
    HealthIndicator memberThreadsHealthIndicator(MemberProcess process, CoordinatorProperties properties) {
        return MemberHealth.liveness(process.member().threads(), properties.stallTimeout());
    }
}
