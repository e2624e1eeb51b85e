package io.orderly.kit.members;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Provides the emergent leader, also to a service that is no member. */
@AutoConfiguration(after = MembersAutoConfiguration.class)
class EmergentLeaderAutoConfiguration {

    @Bean
    EmergentLeader emergentLeader(ObjectProvider<Membership> membership) {
        Membership member = membership.getIfAvailable();
        return member == null ? EmergentLeader.EVERY_INSTANCE : EmergentLeader.of(member.service(), member);
    }
}
