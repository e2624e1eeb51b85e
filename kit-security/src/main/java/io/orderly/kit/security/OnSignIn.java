package io.orderly.kit.security;

import io.orderly.kit.security.SecurityProperties.Open;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds unless the service is open. */
class OnSignIn implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Binder.get(context.getEnvironment())
                .bind("orderly.security.open", Open.class)
                .orElse(Open.NEVER)
                .equals(Open.NEVER);
    }

    /** Holds if the service is open. */
    static final class Off extends OnSignIn {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !super.matches(context, metadata);
        }
    }
}
