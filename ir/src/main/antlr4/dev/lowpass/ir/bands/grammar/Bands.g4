/** The bands file: the size at which pictures are read, and how much every pointwise layer keeps of its input. */
grammar Bands;

import Literals;

file : 'bands' INTEGER ( input | layer )* EOF ;

input : 'input' STRING SIZE ( 'crop' SIZE )? ( 'filter' WORD )? ;

layer : 'layer' STRING 'block' SIZE 'order' WORD 'keep' '[' ( run ( ',' run )* )? ']' ;

run : INTEGER ( '*' INTEGER )? ;

WORD : [A-Za-z_] [A-Za-z0-9_]* ;
