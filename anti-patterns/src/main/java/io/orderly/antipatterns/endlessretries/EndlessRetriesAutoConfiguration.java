package io.orderly.antipatterns.endlessretries;

import io.orderly.payment.PaymentServiceApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Import;

@AutoConfiguration
@ConditionalOnClass(PaymentServiceApplication.class)
@ConditionalOnBean(PaymentServiceApplication.class)
@Import(EndlessRetries.class)
class EndlessRetriesAutoConfiguration {}
