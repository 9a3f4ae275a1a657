/** The bands file: how much every pointwise layer keeps of its input. */
grammar Bands;

import Literals;

file : 'bands' INTEGER layer* EOF ;

layer : 'layer' STRING 'block' SIZE 'order' WORD 'keep' '[' ( run ( ',' run )* )? ']' ;

run : INTEGER ( '*' INTEGER )? ;

WORD : [A-Za-z_] [A-Za-z0-9_]* ;
