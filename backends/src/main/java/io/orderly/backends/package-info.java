/**
 * The two backends of the system, a PostgreSQL server and a Kafka broker, without an installation: the server's
 * binaries come out of a jar, the broker runs inside a JVM.
 *
 * <p>{@link io.orderly.backends.EmbeddedPostgreSql} and {@link io.orderly.backends.EmbeddedKafka} keep their data in a
 * folder and are as durable as in production. Tests ask {@link io.orderly.backends.SharedBackends}, which depends only on
 * the interfaces {@link io.orderly.backends.PostgreSqlServer} and {@link io.orderly.backends.KafkaBroker}, so that
 * the same tests can run on other servers.
 */
@NullMarked
package io.orderly.backends;

import org.jspecify.annotations.NullMarked;
