package io.orderly.antipatterns;

import java.util.Objects;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The condition of {@link ConditionalOnAntiPattern}. */
final class OnAntiPatternCondition implements Condition {

    private static final String PROPERTY = "orderly.anti-patterns";

    /**
     * The anti-patterns that are switched on.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException if the setting names an unknown
     *     anti-pattern
     */
    static Set<AntiPattern> switchedOn(Environment environment) {
        return Binder.get(environment)
                .bind(PROPERTY, Bindable.setOf(AntiPattern.class))
                .orElseGet(Set::of);
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        AntiPattern wanted =
                metadata.getAnnotations().get(ConditionalOnAntiPattern.class).getEnum("value", AntiPattern.class);
        return switchedOn(Objects.requireNonNull(context.getEnvironment())).contains(wanted);
    }
}
