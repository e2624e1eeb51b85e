package io.orderly.coordinator.client.autoconfigure;

import io.orderly.coordinator.client.ClientObserver;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Adds the check of leadership to {@link LeaderOnly} methods, and campaigns in their elections. */
final class LeaderOnlyPostProcessor extends AbstractAdvisingBeanPostProcessor {

    private static final long serialVersionUID = 1L;

    private final transient ObjectProvider<LeaderElections> elections;

    LeaderOnlyPostProcessor(ObjectProvider<LeaderElections> elections, ObjectProvider<ClientObserver> observers) {
        this.elections = elections;
        MethodInterceptor whileLeading = call -> {
            String election = election(call.getMethod(), call.getThis());
            if (elections.getObject().token(election).isPresent()) {
                return call.proceed();
            }
            observers.getIfAvailable(() -> ClientObserver.NONE).skipped(election);
            return null;
        };
        setProxyTargetClass(true);
        // includes methods that inherit the annotation, as the search for elections does
        advisor =
                new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(null, LeaderOnly.class, true), whileLeading);
    }

    /**
     * @throws IllegalStateException if a method returns something, which a skipped call could not, or if a proxy cannot override it,
     *     so that it would run on every instance
     */
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        MethodIntrospector.selectMethods(
                        AopUtils.getTargetClass(bean),
                        (Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, LeaderOnly.class))
                .forEach((method, leaderOnly) -> {
                    requireSkippable(method);
                    elections.getObject().campaign(leaderOnly.value());
                });
        return super.postProcessAfterInitialization(bean, beanName);
    }

    private static void requireSkippable(Method method) {
        if (method.getReturnType() != void.class) {
            throw new IllegalStateException("@LeaderOnly method %s returns a value".formatted(method));
        }
        int modifiers = method.getModifiers();
        if (Modifier.isFinal(modifiers) || Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
            throw new IllegalStateException(
                    "@LeaderOnly method %s is final, private or static, so a proxy cannot skip it".formatted(method));
        }
    }

    private static String election(Method method, Object target) {
        Method specific = AopUtils.getMostSpecificMethod(method, target.getClass());
        LeaderOnly leaderOnly = AnnotatedElementUtils.findMergedAnnotation(specific, LeaderOnly.class);
        if (leaderOnly == null) {
            throw new IllegalStateException(specific + " is not annotated");
        }
        return leaderOnly.value();
    }
}
