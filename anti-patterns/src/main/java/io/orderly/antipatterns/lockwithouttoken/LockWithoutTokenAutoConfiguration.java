package io.orderly.antipatterns.lockwithouttoken;

import io.orderly.antipatterns.AntiPattern;
import io.orderly.antipatterns.ConditionalOnAntiPattern;
import io.orderly.kit.fencing.FencingAutoConfiguration;
import io.orderly.kit.fencing.PartitionTokens;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

@AutoConfiguration(before = FencingAutoConfiguration.class)
class LockWithoutTokenAutoConfiguration {

    @Bean
    @ConditionalOnAntiPattern(AntiPattern.LOCK_WITHOUT_TOKEN)
    PartitionTokens leaseAlone() {
        return new LeaseAlone();
    }
}
