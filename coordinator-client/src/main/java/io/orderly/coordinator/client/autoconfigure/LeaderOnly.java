package io.orderly.coordinator.client.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method of a bean only while this application instance leads an election; otherwise the call is skipped and counted. The method
 * returns nothing, and is not final, private or static. It can inherit the annotation from an interface or a superclass. It is called
 * through the bean's proxy, so not for calls within the bean.
 *
 * <p>Leadership is checked when the method begins. It may end while the method runs; actions that two leaders must not both take are
 * guarded by the {@linkplain LeaderElections#token token}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LeaderOnly {

    /**
     * The name of the election.
     *
     * @see io.orderly.coordinator.client.CoordinatorClient#election which names do not collide
     */
    String value();
}
