CREATE TABLE `arms` (
	`experiment_id` text NOT NULL,
	`id` text NOT NULL,
	`role` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`experiment_id`, `id`),
	FOREIGN KEY (`experiment_id`) REFERENCES `experiments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `artifacts` (
	`run_id` text NOT NULL,
	`name` text NOT NULL,
	`path` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `name`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`slot` integer,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`sequence` integer NOT NULL,
	`checkpoint` text,
	`checkpoint_step` integer,
	`resumed_from_step` integer,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_by_job` ON `attempts` (`job_id`,`number`);--> statement-breakpoint
CREATE TABLE `datasets` (
	`hash` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`spec` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `evaluations` (
	`run_id` text PRIMARY KEY NOT NULL,
	`steps` integer NOT NULL,
	`epochs` real NOT NULL,
	`parameters` integer NOT NULL,
	`size_bytes` integer NOT NULL,
	`macs` integer NOT NULL,
	`figures` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `experiments` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`protocol_hash` text,
	`status` text NOT NULL,
	`reason` text,
	`demonstration` integer NOT NULL,
	`lifecycle_stage` text NOT NULL,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	`ended_at` integer,
	FOREIGN KEY (`protocol_hash`) REFERENCES `protocols`(`hash`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `experiments_by_time` ON `experiments` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`experiment_id` text NOT NULL,
	`run_id` text,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`waits_for_run` text,
	`position` integer NOT NULL,
	`attempts` integer NOT NULL,
	`cancel_requested` integer NOT NULL,
	`reason` text,
	FOREIGN KEY (`experiment_id`) REFERENCES `experiments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `jobs_by_state` ON `jobs` (`state`,`position`);--> statement-breakpoint
CREATE INDEX `jobs_by_run` ON `jobs` (`run_id`);--> statement-breakpoint
CREATE INDEX `jobs_by_experiment` ON `jobs` (`experiment_id`,`kind`);--> statement-breakpoint
CREATE TABLE `latency_blocks` (
	`experiment_id` text NOT NULL,
	`item_id` text NOT NULL,
	`block` integer NOT NULL,
	`attempt` integer NOT NULL,
	`p50_ms` real NOT NULL,
	`p90_ms` real NOT NULL,
	`throughput` real NOT NULL,
	PRIMARY KEY(`experiment_id`, `item_id`, `block`, `attempt`),
	FOREIGN KEY (`experiment_id`) REFERENCES `experiments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `latest_metrics` (
	`run_id` text NOT NULL,
	`key_id` integer NOT NULL,
	`step` integer NOT NULL,
	`value` real NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `key_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`key_id`) REFERENCES `metric_keys`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `log_lines` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_id` text NOT NULL,
	`at` integer NOT NULL,
	`level` text NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `log_lines_by_run` ON `log_lines` (`run_id`,`id`);--> statement-breakpoint
CREATE TABLE `metric_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `metric_keys_by_key` ON `metric_keys` (`key`);--> statement-breakpoint
CREATE TABLE `metrics` (
	`run_id` text NOT NULL,
	`key_id` integer NOT NULL,
	`step` integer NOT NULL,
	`value` real NOT NULL,
	`at` integer NOT NULL,
	`attempt` integer NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`key_id`) REFERENCES `metric_keys`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `metrics_by_run` ON `metrics` (`run_id`,`key_id`,`step`);--> statement-breakpoint
CREATE TABLE `params` (
	`run_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`run_id`, `key`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `protocols` (
	`hash` text PRIMARY KEY NOT NULL,
	`canonical` text NOT NULL,
	`frozen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`experiment_id` text NOT NULL,
	`arm_id` text,
	`seed` integer,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`spec` text,
	`spec_hash` text,
	`weights_sha256` text,
	`reused_from` text,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	FOREIGN KEY (`experiment_id`) REFERENCES `experiments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `runs_by_experiment` ON `runs` (`experiment_id`,`arm_id`,`seed`);--> statement-breakpoint
CREATE INDEX `runs_by_spec` ON `runs` (`spec_hash`,`status`);--> statement-breakpoint
CREATE TABLE `tags` (
	`run_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`run_id`, `key`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
