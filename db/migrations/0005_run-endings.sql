ALTER TABLE `attempts` ADD `ended_step` integer;--> statement-breakpoint
ALTER TABLE `runs` ADD `failure` text;